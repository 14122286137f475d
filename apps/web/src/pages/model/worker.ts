/** Holds the model that was opened, and measures it in a thread of its own. */
import "../../live/engine.ts";
import { serve } from "../../live/job.ts";
import { inspector, type ModelAnswer, type ModelEvent, type ModelQuestion } from "./inspect.ts";

serve<ModelQuestion, ModelEvent, ModelAnswer>(inspector());
