"""How much of what people get wrong is found, and how often somebody is asked for nothing: docs/detection.md."""
