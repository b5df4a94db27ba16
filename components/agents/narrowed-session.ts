import type { ArgumentProblem } from "../problems";
import { mustBe, wrong } from "./validate-topology";

/** What STS is asked for so that an agent works on one task, for one principal, over some of its channels only. */
export interface NarrowedSession {
  ExternalId: string;
  DurationSeconds: number;
  /** Session policy: permissions are what both it and the role allow. */
  Policy: string;
  Tags: { Key: string; Value: string }[];
}

/** A statement as the role of the agent holds it, with its ARNs known. */
export interface ChannelStatement {
  channel: string;
  actions: readonly string[];
  resources: readonly string[];
  conditions?: { [operator: string]: { [key: string]: string[] } };
}

/**
 * Narrows a grant for one request, without a new role: the statements of the channels that the task needs as session
 * policy, and who it is for as session tags. A channel that the agent does not have is a mistake, never an empty session.
 */
export function narrowedSession(
  agent: string,
  task: { id: string; onBehalfOf: string; channels: readonly string[]; seconds?: number },
  statements: readonly ChannelStatement[],
): { session: NarrowedSession } | { problems: ArgumentProblem[] } {
  const names = statements.map(({ channel }) => channel);
  const seconds = task.seconds ?? 900;
  const problems = [
    ...task.channels.flatMap((channel, i) =>
      mustBe(`channels[${i}]`, channel, names, `a channel of ${agent}`),
    ),
    ...(task.channels.length === 0 ? [wrong("channels", "names none: such a session could do nothing")] : []),
    ...(seconds >= 900 && seconds <= 3600 ? [] : [wrong("seconds", `${seconds} is not from 900 to 3600`)]),
    ...[task.id, task.onBehalfOf].flatMap((value) =>
      /^[\w+=,.@:/ -]{1,256}$/.test(value) ? [] : [wrong("tags", `"${value}" is no value of a session tag`)],
    ),
  ];
  if (problems.length > 0) return { problems };
  const Statement = statements
    .filter(({ channel }) => task.channels.includes(channel))
    .map(({ channel, actions, resources, conditions }) => ({
      Sid: channel.replace(/[^A-Za-z0-9]/g, ""),
      Effect: "Allow",
      Action: actions,
      Resource: resources,
      ...(conditions ? { Condition: conditions } : {}),
    }));
  return {
    session: {
      ExternalId: agent,
      DurationSeconds: seconds,
      Policy: JSON.stringify({ Version: "2012-10-17", Statement }),
      Tags: [
        { Key: "hybrid-ai:task", Value: task.id },
        { Key: "hybrid-ai:on-behalf-of", Value: task.onBehalfOf },
      ],
    },
  };
}
