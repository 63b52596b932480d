"""Reads CSV by Python's reader, strictly, and prints each record's number of fields and its first field.
usage: csv_fields.py FILE"""
import csv
import sys

with open(sys.argv[1], encoding="utf-8", newline="") as text:
    for record in csv.reader(text, strict=True):
        print(len(record), record[0])
