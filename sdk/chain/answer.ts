/** That a node's answer can't be read: it isn't what was asked for. */
export class UnreadableAnswer extends TypeError {
  constructor(message: string) {
    super(message);
    this.name = "UnreadableAnswer";
  }
}
