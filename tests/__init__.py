"""Tests of the generator, in the order of its modules, and of the clinic's own site."""
