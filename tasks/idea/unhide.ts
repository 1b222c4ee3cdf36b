import { showAction } from "./hiding.js";

export default showAction(false);
