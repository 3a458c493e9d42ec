"""What a co-operative tells its members: usual prices, notices, market days, answers to their needs."""
