"""What those who hold the answers look at before anything is shown: parts of a snapshot, two side by side, who is missing."""
