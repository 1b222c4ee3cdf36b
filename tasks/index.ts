import { daoTasks } from "./dao/index.js";

/** All tasks of the project. */
export const tasks = [...daoTasks];
