"""vnclean on Apache Spark: a column of a data frame, or whole jobs from folder to folder.

Needs the extra ``spark`` (pyspark, pandas and pyarrow) and Java 17; nothing of it is imported
before it is used.
"""

from vnclean.engines.spark.columns import clean_column

__all__ = ["clean_column"]
