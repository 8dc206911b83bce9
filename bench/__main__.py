import sys

from bench import linear
from bench.report import table

print(table(linear.measure(int(sys.argv[1]) if sys.argv[1:] else 20)))
