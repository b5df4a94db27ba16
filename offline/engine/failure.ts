/** Something outside the plan went wrong: told in one message, exit status 3. */
export class CouldNotRun extends Error {}

/** The user's input is wrong: told in one message, exit status 2. */
export class WrongInput extends Error {}
