"""Chinese text: radicals, search keys, numerals, quantities, days. Plain Python, no Django."""
