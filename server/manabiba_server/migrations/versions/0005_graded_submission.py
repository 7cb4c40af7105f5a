"""when what was graded was handed in"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("result", sa.Column("submitted_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("result", "submitted_at")
