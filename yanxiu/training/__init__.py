"""培训: outside training and its report-back, instructors and experts, coverage of contents."""
