"""What whoever runs the site asks it: is it alive, can it work."""
