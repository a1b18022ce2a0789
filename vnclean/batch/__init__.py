"""Whole trees: many files cleaned into a folder, or in place, such that nothing is lost.

What is to be done (:mod:`~vnclean.batch.inputs`, :mod:`~vnclean.batch.plan`), what a worker does
with one file (:mod:`~vnclean.batch.work`), what is known to be done
(:mod:`~vnclean.batch.manifest`), and the run over what is not (:mod:`~vnclean.batch.engine`).
"""
