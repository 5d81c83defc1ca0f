using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace EduUnion.Host.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class LeanerSteps : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_tasks_decided_by_closed_at",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_journal_at",
                table: "journal");

            migrationBuilder.DropIndex(
                name: "ix_clocks_department_id_name",
                table: "clocks");

            migrationBuilder.AddColumn<int>(
                name: "refusals",
                table: "outgoing_mails",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateIndex(
                name: "ix_tasks_decided_by_closed_at",
                table: "tasks",
                columns: new[] { "decided_by", "closed_at" },
                filter: "decided_by IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_journal_at",
                table: "journal",
                column: "at")
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder.CreateIndex(
                name: "ix_clocks_department_id_name",
                table: "clocks",
                columns: new[] { "department_id", "name" },
                filter: "department_id IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_tasks_decided_by_closed_at",
                table: "tasks");

            migrationBuilder.DropIndex(
                name: "ix_journal_at",
                table: "journal");

            migrationBuilder.DropIndex(
                name: "ix_clocks_department_id_name",
                table: "clocks");

            migrationBuilder.DropColumn(
                name: "refusals",
                table: "outgoing_mails");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_decided_by_closed_at",
                table: "tasks",
                columns: new[] { "decided_by", "closed_at" });

            migrationBuilder.CreateIndex(
                name: "ix_journal_at",
                table: "journal",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_clocks_department_id_name",
                table: "clocks",
                columns: new[] { "department_id", "name" });
        }
    }
}
