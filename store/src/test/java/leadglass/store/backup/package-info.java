/// Tests of copies.
