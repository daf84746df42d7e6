"""The words of disclosures: quantities, sentences. Text in, values out; no rule and no form is known here."""
