"""What models cost: multiply-adds, memory, and how far each layer sees."""
