"""Previews the program without a language host: the Automation API runs it inside this process.

python preview.py [--policy-pack DIR --policy-pack-config FILE]
"""

import argparse
import pathlib
import sys

from program import program
from pulumi import automation


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--policy-pack", action="append")
    parser.add_argument("--policy-pack-config", action="append")
    asked = parser.parse_args()
    stack = automation.create_or_select_stack(
        stack_name="dev",
        project_name="python-component",
        program=program,
        opts=automation.LocalWorkspaceOptions(work_dir=str(pathlib.Path(__file__).parent)),
    )
    try:
        result = stack.preview(
            on_output=print,
            policy_packs=asked.policy_pack,
            policy_pack_configs=asked.policy_pack_config,
        )
    except automation.CommandError as refused:
        print(refused, file=sys.stderr)
        return 1
    print(f"{result.change_summary.get('create', 0)} resources to create")
    return 0


if __name__ == "__main__":
    sys.exit(main())
