"""Break-out groups, their guiding questions, and the points raised in them."""
