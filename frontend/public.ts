/** Scripts of public and members' pages: copy, show a password, number pad. The pages work without them. */
import { start } from "./behaviour/start";

start();
