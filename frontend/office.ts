/** Scripts of officers' pages. Every page works without them; they save taps. */
import "htmx.org";
import { start } from "./behaviour/start";

start();
