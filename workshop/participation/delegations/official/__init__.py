"""Letters as protocol has them: notes verbales in the third person for States, letters for everybody else."""
