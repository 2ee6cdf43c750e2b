"""What people type, read as commands: pure, and it never raises."""
