"""Pictures of models: what is drawn, where it stands, and the formats that it is written in."""
