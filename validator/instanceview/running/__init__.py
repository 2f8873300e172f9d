"""Many inputs to one report: tasks, workers, tallies, configuration and baseline."""
