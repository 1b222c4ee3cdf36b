import { daoTasks } from "./dao/index.js";
import { devTasks } from "./dev/index.js";

/** All tasks of the project. */
export const tasks = [...daoTasks, ...devTasks];
