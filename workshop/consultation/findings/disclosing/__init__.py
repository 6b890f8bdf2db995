"""What may be shown beside what was shown before, and answers crossed with answers."""
