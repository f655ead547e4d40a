/** Remembers that a line was lost, and tells the one who asked, once, if nobody was running a statement. */
export class LossListener {
  #error: Error | undefined;
  #untold: Error | undefined;
  #muted = false;
  #listener: ((error: Error) => void) | undefined;

  /** Why the line is gone; undefined while it stands. */
  get error(): Error | undefined {
    return this.#error;
  }

  listen(listener: (error: Error) => void): void {
    this.#listener = listener;
    if (this.#untold !== undefined) this.#tell(this.#untold);
  }

  /** From now on a loss is our own doing and no news. */
  mute(): void {
    this.#muted = true;
  }

  /** The line is gone. `idle`: nobody is told by the failure of a statement. Later losses of the same line are ignored. */
  lose(error: Error, idle: boolean): void {
    if (this.#error !== undefined) return;
    this.#error = error;
    if (idle && !this.#muted) this.#tell(error);
  }

  #tell(error: Error): void {
    const listener = this.#listener;
    this.#untold = listener === undefined ? error : undefined;
    listener?.(error);
  }
}
