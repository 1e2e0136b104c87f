"""The pure parts: rubrics, what two devices wrote, and words that would fit any lesson."""
