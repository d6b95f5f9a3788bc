"""What a draft says and how: tasks, plain measures, rules against formalism."""
