"""Blueprints under /api/v1. Thin: parse with a schema, call one function, answer with a schema."""
