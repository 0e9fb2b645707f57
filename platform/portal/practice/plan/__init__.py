"""The study plan: what somebody has chosen, and the schedule that follows from it."""
