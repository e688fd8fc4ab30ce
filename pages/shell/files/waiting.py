"""Waiting in the page for a job, with its progress. Returns once it is done; says in words why it is not."""

from __future__ import annotations

import time

import streamlit as st

from pages.components import words
from pages.shell.files import batch

STEP = 0.5  # seconds between two looks


def wait(*arguments: str, lead: str) -> bool:
    """Watch the job of these arguments to its end. True when it is done; False, with its sentence drawn, when it failed.

    `lead` says what is being made: "Making the sample region".
    """
    bar = st.progress(0.0, text=lead)
    while True:
        job = batch.job(*arguments)
        while not job.over:
            bar.progress(job.share, text=words.md(f"{lead}: {job.words}"))
            time.sleep(STEP)
        batch.forget(*arguments)
        if job.state != "elsewhere":
            break
        bar.progress(0.0, text=f"{lead}: another program is at work in this folder; waiting for it")
        time.sleep(4 * STEP)
        st.rerun()
    bar.empty()
    if job.state == "failed":
        words.problem(job.words)
    return job.state == "done"
