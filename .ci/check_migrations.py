"""`alembic check` on each database: the chain of migrations leads to exactly the tables the program knows."""

import io
import sys

from alembic import command
from alembic.util import CommandError

from bot.storage import migrations
from bot.storage.engine import Database
from tests.support.databases import Databases, kinds


def check(db: Database) -> str | None:
    """What a new migration would have to do, or None when nothing is left to do."""
    settings = migrations.config()
    settings.stdout = io.StringIO()  # it also says so when all is well
    with db.engine.connect() as connection:
        settings.attributes["connection"] = connection
        try:
            command.check(settings)
        except CommandError as error:
            return str(error)
    return None


def main() -> int:
    """Check every database there is here; 1 and the reason when one does not fit."""
    made = Databases()
    try:
        for kind in kinds():
            with made.fresh(kind) as db:
                missing = check(db)
            if missing:
                sys.stderr.write(f"{kind}: {missing}\n")
                return 1
    finally:
        made.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
