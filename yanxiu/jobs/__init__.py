"""后台任务: long work done beside the pages, seen, kept and never lost."""
