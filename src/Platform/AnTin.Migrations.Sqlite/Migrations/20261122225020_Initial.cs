using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AnTin.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "authority_certificate",
                columns: table => new
                {
                    serial_number = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    issuer_key_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    profile = table.Column<int>(type: "INTEGER", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    holder_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    not_before = table.Column<long>(type: "INTEGER", nullable: false),
                    not_after = table.Column<long>(type: "INTEGER", nullable: false),
                    reference = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    subject_public_key_info = table.Column<byte[]>(type: "BLOB", nullable: false),
                    key_sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    order_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    reserved_at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    subject_name = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    tbs = table.Column<byte[]>(type: "BLOB", nullable: true),
                    certificate = table.Column<byte[]>(type: "BLOB", nullable: true),
                    sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    issued_at = table.Column<long>(type: "INTEGER", nullable: true),
                    revoked_at = table.Column<long>(type: "INTEGER", nullable: true),
                    revocation_reason = table.Column<int>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_authority_certificate", x => x.serial_number);
                });

            migrationBuilder.CreateTable(
                name: "authority_crl",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    issuer_key_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    this_update = table.Column<long>(type: "INTEGER", nullable: false),
                    next_update = table.Column<long>(type: "INTEGER", nullable: false),
                    der = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_authority_crl", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "custody_credential",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    profile = table.Column<int>(type: "INTEGER", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    holder_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    not_before = table.Column<long>(type: "INTEGER", nullable: false),
                    not_after = table.Column<long>(type: "INTEGER", nullable: false),
                    reference = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    subject_public_key_info = table.Column<byte[]>(type: "BLOB", nullable: false),
                    sealed_key = table.Column<byte[]>(type: "BLOB", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    serial_number = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    certificate_sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    tries = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_custody_credential", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "directory_organisation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_directory_organisation", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "directory_person",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    full_name = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    email = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    folded = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_directory_person", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "documents_outgoing_document",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    kind_code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    symbol_tail = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    drafter_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    drafter_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    initialler_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    initialler_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    signer_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    signer_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    signer_title = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    signer_capacity = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    file_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    original_sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    page_count = table.Column<int>(type: "INTEGER", nullable: false),
                    arrived_signed = table.Column<bool>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    current_sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    current_length = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    placement_json = table.Column<string>(type: "TEXT", nullable: false),
                    year = table.Column<int>(type: "INTEGER", nullable: true),
                    number = table.Column<int>(type: "INTEGER", nullable: true),
                    symbol = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    issued_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    return_reason = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    returned_by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_documents_outgoing_document", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "documents_picture",
                columns: table => new
                {
                    owner = table.Column<int>(type: "INTEGER", nullable: false),
                    owner_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    width = table.Column<int>(type: "INTEGER", nullable: false),
                    height = table.Column<int>(type: "INTEGER", nullable: false),
                    uploaded_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_documents_picture", x => new { x.owner, x.owner_id });
                });

            migrationBuilder.CreateTable(
                name: "documents_register_book",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    year = table.Column<int>(type: "INTEGER", nullable: false),
                    last_number = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_documents_register_book", x => new { x.organisation_id, x.year });
                });

            migrationBuilder.CreateTable(
                name: "documents_register_entry",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    year = table.Column<int>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    symbol = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    issued_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    kind_code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    signer_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    document_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    registered_by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    registered_at = table.Column<long>(type: "INTEGER", nullable: false),
                    request_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_documents_register_entry", x => new { x.organisation_id, x.year, x.number });
                });

            migrationBuilder.CreateTable(
                name: "oversight_follower_cursor",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    next = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_oversight_follower_cursor", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "oversight_issued_document",
                columns: table => new
                {
                    document_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    period = table.Column<string>(type: "TEXT", maxLength: 7, nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    organisation_code = table.Column<string>(type: "TEXT", maxLength: 35, nullable: false),
                    organisation_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    year = table.Column<int>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    symbol = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    issued_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    personally_signed = table.Column<bool>(type: "INTEGER", nullable: false),
                    @sealed = table.Column<bool>(name: "sealed", type: "INTEGER", nullable: false),
                    on_paper = table.Column<bool>(type: "INTEGER", nullable: false),
                    position = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_oversight_issued_document", x => x.document_id);
                });

            migrationBuilder.CreateTable(
                name: "oversight_issued_rollup",
                columns: table => new
                {
                    period = table.Column<string>(type: "TEXT", maxLength: 7, nullable: false),
                    organisation_code = table.Column<string>(type: "TEXT", maxLength: 35, nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    organisation_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    issued = table.Column<int>(type: "INTEGER", nullable: false),
                    personally_signed = table.Column<int>(type: "INTEGER", nullable: false),
                    @sealed = table.Column<int>(name: "sealed", type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_oversight_issued_rollup", x => new { x.period, x.organisation_code });
                });

            migrationBuilder.CreateTable(
                name: "platform_account",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    display_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    user_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    normalized_user_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    email = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    normalized_email = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    email_confirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    password_hash = table.Column<string>(type: "TEXT", nullable: true),
                    security_stamp = table.Column<string>(type: "TEXT", nullable: true),
                    concurrency_stamp = table.Column<string>(type: "TEXT", nullable: true),
                    phone_number = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    phone_number_confirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    two_factor_enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    lockout_end = table.Column<long>(type: "INTEGER", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    access_failed_count = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_account", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "platform_data_protection_key",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    xml = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_data_protection_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "platform_evidence_entry",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    log = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    position = table.Column<long>(type: "INTEGER", nullable: true),
                    leaf = table.Column<string>(type: "TEXT", nullable: false),
                    act = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    subject_kind = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    subject_id = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    document_sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_evidence_entry", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "platform_evidence_head",
                columns: table => new
                {
                    log = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    verifier_key = table.Column<string>(type: "TEXT", nullable: false),
                    size = table.Column<long>(type: "INTEGER", nullable: false),
                    root = table.Column<byte[]>(type: "BLOB", nullable: false),
                    published_size = table.Column<long>(type: "INTEGER", nullable: false),
                    checkpoint = table.Column<string>(type: "TEXT", nullable: true),
                    published_at = table.Column<long>(type: "INTEGER", nullable: true),
                    lease_owner = table.Column<Guid>(type: "TEXT", nullable: true),
                    lease_until = table.Column<long>(type: "INTEGER", nullable: false),
                    fence = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_evidence_head", x => x.log);
                });

            migrationBuilder.CreateTable(
                name: "platform_evidence_tile",
                columns: table => new
                {
                    log = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    level = table.Column<int>(type: "INTEGER", nullable: false),
                    tile_index = table.Column<long>(type: "INTEGER", nullable: false),
                    hashes = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_evidence_tile", x => new { x.log, x.level, x.tile_index });
                });

            migrationBuilder.CreateTable(
                name: "platform_store_fact",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    value = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_store_fact", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "directory_organisation_period",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    name_en = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    symbol = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    locality = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    parent_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    seal_diameter_mm = table.Column<decimal>(type: "TEXT", precision: 5, scale: 2, nullable: false),
                    from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    to = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    folded = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_directory_organisation_period", x => x.id);
                    table.ForeignKey(
                        name: "FK_directory_organisation_period_directory_organisation_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "directory_organisation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_directory_organisation_period_directory_organisation_parent_id",
                        column: x => x.parent_id,
                        principalTable: "directory_organisation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "directory_post",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    title = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    capacity_prefix = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    to = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_directory_post", x => x.id);
                    table.ForeignKey(
                        name: "FK_directory_post_directory_organisation_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "directory_organisation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_directory_post_directory_person_person_id",
                        column: x => x.person_id,
                        principalTable: "directory_person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "documents_document_step",
                columns: table => new
                {
                    document_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    from_version = table.Column<int>(type: "INTEGER", nullable: false),
                    certificate_subject = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    certificate_serial = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    certificate_sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    timestamped = table.Column<bool>(type: "INTEGER", nullable: false),
                    file_sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_documents_document_step", x => new { x.document_id, x.kind });
                    table.ForeignKey(
                        name: "FK_documents_document_step_documents_outgoing_document_document_id",
                        column: x => x.document_id,
                        principalTable: "documents_outgoing_document",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "documents_pending_signature",
                columns: table => new
                {
                    document_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    stage = table.Column<int>(type: "INTEGER", nullable: false),
                    attempt = table.Column<Guid>(type: "TEXT", nullable: false),
                    document_version = table.Column<int>(type: "INTEGER", nullable: false),
                    credential_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    certificate = table.Column<byte[]>(type: "BLOB", nullable: false),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    base_sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    prepared_json = table.Column<string>(type: "TEXT", nullable: false),
                    prepared_at = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: true),
                    issued_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    signature_value = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_documents_pending_signature", x => new { x.document_id, x.kind, x.stage });
                    table.ForeignKey(
                        name: "FK_documents_pending_signature_documents_outgoing_document_document_id",
                        column: x => x.document_id,
                        principalTable: "documents_outgoing_document",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "platform_account_claim",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    claim_type = table.Column<string>(type: "TEXT", nullable: true),
                    claim_value = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_account_claim", x => x.id);
                    table.ForeignKey(
                        name: "FK_platform_account_claim_platform_account_user_id",
                        column: x => x.user_id,
                        principalTable: "platform_account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "platform_account_login",
                columns: table => new
                {
                    login_provider = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    provider_key = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    provider_display_name = table.Column<string>(type: "TEXT", nullable: true),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_account_login", x => new { x.login_provider, x.provider_key });
                    table.ForeignKey(
                        name: "FK_platform_account_login_platform_account_user_id",
                        column: x => x.user_id,
                        principalTable: "platform_account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "platform_account_passkey",
                columns: table => new
                {
                    credential_id = table.Column<byte[]>(type: "BLOB", maxLength: 1024, nullable: false),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Data = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_account_passkey", x => x.credential_id);
                    table.ForeignKey(
                        name: "FK_platform_account_passkey_platform_account_user_id",
                        column: x => x.user_id,
                        principalTable: "platform_account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "platform_account_role",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    role = table.Column<int>(type: "INTEGER", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    granted_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_account_role", x => new { x.account_id, x.role, x.organisation_id });
                    table.ForeignKey(
                        name: "FK_platform_account_role_platform_account_account_id",
                        column: x => x.account_id,
                        principalTable: "platform_account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "platform_account_token",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    login_provider = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    value = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_platform_account_token", x => new { x.user_id, x.login_provider, x.name });
                    table.ForeignKey(
                        name: "FK_platform_account_token_platform_account_user_id",
                        column: x => x.user_id,
                        principalTable: "platform_account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_authority_certificate_issuer_key_id_revoked_at",
                table: "authority_certificate",
                columns: new[] { "issuer_key_id", "revoked_at" });

            migrationBuilder.CreateIndex(
                name: "IX_authority_certificate_key_sha256",
                table: "authority_certificate",
                column: "key_sha256");

            migrationBuilder.CreateIndex(
                name: "IX_authority_certificate_order_hash",
                table: "authority_certificate",
                column: "order_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_authority_certificate_organisation_id",
                table: "authority_certificate",
                column: "organisation_id");

            migrationBuilder.CreateIndex(
                name: "IX_authority_certificate_state",
                table: "authority_certificate",
                column: "state");

            migrationBuilder.CreateIndex(
                name: "IX_authority_crl_issuer_key_id_number",
                table: "authority_crl",
                columns: new[] { "issuer_key_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_custody_credential_holder_id",
                table: "custody_credential",
                column: "holder_id");

            migrationBuilder.CreateIndex(
                name: "IX_custody_credential_organisation_id",
                table: "custody_credential",
                column: "organisation_id");

            migrationBuilder.CreateIndex(
                name: "IX_custody_credential_reference",
                table: "custody_credential",
                column: "reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_custody_credential_serial_number",
                table: "custody_credential",
                column: "serial_number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_directory_organisation_code",
                table: "directory_organisation",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_directory_organisation_period_organisation_id_from",
                table: "directory_organisation_period",
                columns: new[] { "organisation_id", "from" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_directory_organisation_period_parent_id",
                table: "directory_organisation_period",
                column: "parent_id");

            migrationBuilder.CreateIndex(
                name: "IX_directory_person_email",
                table: "directory_person",
                column: "email",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_directory_post_organisation_id_kind",
                table: "directory_post",
                columns: new[] { "organisation_id", "kind" });

            migrationBuilder.CreateIndex(
                name: "IX_directory_post_person_id",
                table: "directory_post",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "IX_documents_outgoing_document_drafter_id",
                table: "documents_outgoing_document",
                column: "drafter_id");

            migrationBuilder.CreateIndex(
                name: "IX_documents_outgoing_document_initialler_id",
                table: "documents_outgoing_document",
                column: "initialler_id");

            migrationBuilder.CreateIndex(
                name: "IX_documents_outgoing_document_organisation_id_state",
                table: "documents_outgoing_document",
                columns: new[] { "organisation_id", "state" });

            migrationBuilder.CreateIndex(
                name: "IX_documents_outgoing_document_original_sha256",
                table: "documents_outgoing_document",
                column: "original_sha256");

            migrationBuilder.CreateIndex(
                name: "IX_documents_outgoing_document_signer_id",
                table: "documents_outgoing_document",
                column: "signer_id");

            migrationBuilder.CreateIndex(
                name: "IX_documents_register_entry_document_id",
                table: "documents_register_entry",
                column: "document_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_documents_register_entry_request_id",
                table: "documents_register_entry",
                column: "request_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_oversight_issued_document_period_organisation_code_number",
                table: "oversight_issued_document",
                columns: new[] { "period", "organisation_code", "number" });

            migrationBuilder.CreateIndex(
                name: "IX_oversight_issued_document_position",
                table: "oversight_issued_document",
                column: "position",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "EmailIndex",
                table: "platform_account",
                column: "normalized_email");

            migrationBuilder.CreateIndex(
                name: "IX_platform_account_person_id",
                table: "platform_account",
                column: "person_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "UserNameIndex",
                table: "platform_account",
                column: "normalized_user_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_platform_account_claim_user_id",
                table: "platform_account_claim",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "IX_platform_account_login_user_id",
                table: "platform_account_login",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "IX_platform_account_passkey_user_id",
                table: "platform_account_passkey",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "IX_platform_account_role_organisation_id",
                table: "platform_account_role",
                column: "organisation_id");

            migrationBuilder.CreateIndex(
                name: "IX_platform_evidence_entry_act_at",
                table: "platform_evidence_entry",
                columns: new[] { "act", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_platform_evidence_entry_document_sha256",
                table: "platform_evidence_entry",
                column: "document_sha256");

            migrationBuilder.CreateIndex(
                name: "IX_platform_evidence_entry_log_position",
                table: "platform_evidence_entry",
                columns: new[] { "log", "position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_platform_evidence_entry_subject_kind_subject_id",
                table: "platform_evidence_entry",
                columns: new[] { "subject_kind", "subject_id" });

            migrationBuilder.CreateIndex(
                name: "ix_platform_evidence_pending",
                table: "platform_evidence_entry",
                columns: new[] { "log", "id" },
                filter: "position IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "authority_certificate");

            migrationBuilder.DropTable(
                name: "authority_crl");

            migrationBuilder.DropTable(
                name: "custody_credential");

            migrationBuilder.DropTable(
                name: "directory_organisation_period");

            migrationBuilder.DropTable(
                name: "directory_post");

            migrationBuilder.DropTable(
                name: "documents_document_step");

            migrationBuilder.DropTable(
                name: "documents_pending_signature");

            migrationBuilder.DropTable(
                name: "documents_picture");

            migrationBuilder.DropTable(
                name: "documents_register_book");

            migrationBuilder.DropTable(
                name: "documents_register_entry");

            migrationBuilder.DropTable(
                name: "oversight_follower_cursor");

            migrationBuilder.DropTable(
                name: "oversight_issued_document");

            migrationBuilder.DropTable(
                name: "oversight_issued_rollup");

            migrationBuilder.DropTable(
                name: "platform_account_claim");

            migrationBuilder.DropTable(
                name: "platform_account_login");

            migrationBuilder.DropTable(
                name: "platform_account_passkey");

            migrationBuilder.DropTable(
                name: "platform_account_role");

            migrationBuilder.DropTable(
                name: "platform_account_token");

            migrationBuilder.DropTable(
                name: "platform_data_protection_key");

            migrationBuilder.DropTable(
                name: "platform_evidence_entry");

            migrationBuilder.DropTable(
                name: "platform_evidence_head");

            migrationBuilder.DropTable(
                name: "platform_evidence_tile");

            migrationBuilder.DropTable(
                name: "platform_store_fact");

            migrationBuilder.DropTable(
                name: "directory_organisation");

            migrationBuilder.DropTable(
                name: "directory_person");

            migrationBuilder.DropTable(
                name: "documents_outgoing_document");

            migrationBuilder.DropTable(
                name: "platform_account");
        }
    }
}
