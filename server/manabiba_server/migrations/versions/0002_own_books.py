"""own books"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_books",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("own_books", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_own_books_person_id"), ["person_id"], unique=False)
    op.create_table(
        "own_books_share",
        sa.Column("books_id", sa.String(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("shared_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["books_id"], ["own_books.id"]),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"]),
        sa.PrimaryKeyConstraint("books_id", "run_id"),
    )
    with op.batch_alter_table("own_books_share", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_own_books_share_run_id"), ["run_id"], unique=False)


def downgrade() -> None:
    op.drop_table("own_books_share")
    op.drop_table("own_books")
