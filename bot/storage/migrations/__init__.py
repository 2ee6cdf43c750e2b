"""One chain of migrations for both databases."""

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.storage.engine import Database


def config() -> Config:
    """Alembic's configuration, without a file: where the chain is."""
    settings = Config()
    settings.set_main_option("script_location", "bot.storage:migrations")
    settings.set_main_option("path_separator", "os")
    return settings


def upgrade(db: Database) -> None:
    """Bring the database to the newest version; nothing happens when it is there already."""
    settings = config()
    with db.engine.connect() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")


def is_current(db: Database) -> bool:
    """True when the database stands at the version this program expects."""
    head = ScriptDirectory.from_config(config()).get_current_head()
    with db.read() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head
