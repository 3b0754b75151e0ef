"""Calls of everything the reader knows of libraries, made from the real signatures."""
