/** A document for tests that draw without a browser. */
import { parseHTML } from "linkedom";

/** A fresh, empty document. */
export function testDocument(): Document {
  return parseHTML("<!doctype html><html><body></body></html>").document;
}
