/** The variables of a process: what `process.env` is, handed in by whoever is allowed to read it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The text of a file, or undefined when there is none; handed in so that nothing here touches a disk by itself. */
export type ReadFile = (path: string) => string | undefined;
