"""Files of strangers: what each really is, and reading it where it can do no harm.

`sandbox` opens a file in a child process within its `limits`. All other modules here run in that child: they import
neither the product nor the framework, and say what is wrong as a `Refusal`, which the person reads in her language.
"""
