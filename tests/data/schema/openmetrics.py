"""Reads OpenMetrics text by the reference parser (Debian: python3-prometheus-client), which is strict, and prints
each sample: name, labels, value. usage: openmetrics.py FILE"""
import sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families

with open(sys.argv[1], encoding="utf-8") as text:
    for family in text_string_to_metric_families(text.read()):
        for sample in family.samples:
            labels = ",".join(f"{key}={value}" for key, value in sorted(sample.labels.items()))
            print(f"{sample.name} {{{labels}}} {sample.value:g}")
