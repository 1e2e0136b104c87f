"""总结: summaries written from figures and the confirmed plan."""
