"""What coding agents ask: shapes of models and mistakes in them, without running the program (MCP)."""
