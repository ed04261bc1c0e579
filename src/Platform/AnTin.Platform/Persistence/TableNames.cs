using System.Text;
using AnTin.Platform.Modules;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace AnTin.Platform.Persistence;

/// <summary>Table prefix per module and snake_case names, applied to the entities a module has just added.</summary>
internal static class TableNames
{
    private const string Applied = "AnTin:Module";

    public static string PrefixOf(IModule module) => module.Name.ToLowerInvariant();

    /// <exception cref="InvalidOperationException">A module named a table outside its prefix.</exception>
    public static void Apply(ModelBuilder model, string prefix)
    {
        foreach (IMutableEntityType entity in model.Model.GetEntityTypes().Where(e => e.FindAnnotation(Applied) is null).ToList())
        {
            entity.SetAnnotation(Applied, prefix);
            if (entity.IsMappedToJson())
                continue;
            if (!entity.IsOwned())
                NameTable(entity, prefix);
            foreach (IMutableProperty property in entity.GetProperties())
                NameColumn(entity, property);
        }
    }

    private static void NameTable(IMutableEntityType entity, string prefix)
    {
        string table = entity.GetTableName() ?? entity.ClrType.Name;
        bool explicitName = ((IConventionEntityType)entity).GetTableNameConfigurationSource() == ConfigurationSource.Explicit;
        if (!explicitName)
            entity.SetTableName($"{prefix}_{Snake(entity.ClrType.Name)}");
        else if (!table.StartsWith(prefix + "_", StringComparison.Ordinal))
            throw new InvalidOperationException($"Table {table} of {entity.DisplayName()} lacks the prefix {prefix}_.");
    }

    private static void NameColumn(IMutableEntityType entity, IMutableProperty property)
    {
        if (((IConventionProperty)property).GetColumnNameConfigurationSource() == ConfigurationSource.Explicit)
            return;
        string? table = entity.GetTableName();
        string name = (table is null ? null : property.GetColumnName(StoreObjectIdentifier.Table(table, entity.GetSchema())))
            ?? property.GetColumnName();
        property.SetColumnName(Snake(name));
    }

    internal static string Snake(string name)
    {
        var snake = new StringBuilder(name.Length + 8);
        for (int i = 0; i < name.Length; i++)
        {
            bool startsWord = i > 0 && char.IsUpper(name[i]) && name[i - 1] != '_'
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord)
                snake.Append('_');
            snake.Append(char.ToLowerInvariant(name[i]));
        }
        return snake.ToString();
    }
}
