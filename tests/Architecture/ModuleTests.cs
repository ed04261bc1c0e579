using System.Reflection;
using System.Text.RegularExpressions;
using AnTin.Platform.Modules;
using Microsoft.AspNetCore.Components;

namespace AnTin.Architecture;

/// <summary>Every module has the same inside, and shows the same little to the outside.</summary>
public sealed partial class ModuleTests
{
    /// <summary>After a first paragraph with its purpose, the README of a module answers these, in this order.</summary>
    private static readonly string[] Parts = ["Words", "Tables", "Invariants", "Entry"];

    private static readonly string[] Names = [.. Project.In(Ring.Modules).Select(p => p.Name["AnTin.Modules.".Length..])];

    [Fact]
    public void Every_module_has_a_readme_with_the_agreed_parts() =>
        Expect.None(
            from project in Project.In(Ring.Modules)
            let path = Path.Combine(project.Folder, "README.md")
            let parts = File.Exists(path) ? PartsOf(path) : []
            where !Parts.SequenceEqual(parts)
            select $"{project.Name}: has [{string.Join(", ", parts)}]",
            $"README.md of a module: what it is for, then headings or bold openings [{string.Join(", ", Parts)}]:");

    [Fact]
    public void Every_module_opens_with_its_module_file() =>
        Expect.None(
            from project in Project.In(Ring.Modules)
            let name = project.Name["AnTin.Modules.".Length..]
            where !File.Exists(Path.Combine(project.Folder, name + "Module.cs"))
                || Assembly.Load(project.Name).GetType($"{project.Name}.{name}Module")?.IsAssignableTo(typeof(IModule)) != true
            select $"{project.Name}: {name}Module.cs",
            "The table of contents of a module, <Module>Module.cs with an IModule, is missing:");

    [Fact]
    public void Modules_show_only_their_module_type_and_their_components() =>
        Expect.None(
            from project in Project.In(Ring.Modules)
            from type in Assembly.Load(project.Name).GetExportedTypes()
            where !type.IsAssignableTo(typeof(IModule)) && !type.IsAssignableTo(typeof(ComponentBase)) && type.Name != "_Imports"
                && !ComponentRecords(Assembly.Load(project.Name)).Contains(type)
            select $"{type.FullName}",
            "Public in a module are the module type, Razor components and the records they take; make these internal:");

    [Fact]
    public void Internal_classes_of_modules_are_sealed() =>
        Expect.None(
            from project in Project.In(Ring.Modules)
            let types = Assembly.Load(project.Name).GetTypes()
            from type in types
            where type is { IsClass: true, IsAbstract: false, IsSealed: false, IsVisible: false } && !IsGenerated(type)
            where !types.Any(other => other.BaseType == type) && !type.IsAssignableTo(typeof(ComponentBase))
            select type.FullName,
            "A class nobody derives from is sealed:");

    /// <summary>A module's table starts with its own prefix, so a foreign prefix in its source is a foreign table.</summary>
    [Fact]
    public void Modules_name_no_table_of_another_module() =>
        Expect.None(
            from file in SourceTree.With(".cs", ".razor")
            where file.Under("src/Modules")
            let own = file.Path.Split('/')[2]
            from line in Enumerable.Range(0, file.Lines.Length)
            from Match table in TableInText().Matches(file.Lines[line])
            where !table.Groups["module"].Value.Equals(own, StringComparison.OrdinalIgnoreCase)
            where table.Groups["module"].Value == "platform" || Names.Contains(table.Groups["module"].Value, StringComparer.OrdinalIgnoreCase)
            select file.At(line),
            "A module reads only its own tables:");

    /// <summary>Set&lt;T&gt;() with a type of another module cannot compile; one of the platform's tables could.</summary>
    [Fact]
    public void Modules_query_only_their_own_entities() =>
        Expect.None(
            from file in SourceTree.With(".cs", ".razor")
            where file.Under("src/Modules")
            from line in Enumerable.Range(0, file.Lines.Length)
            where PlatformEntityInModule().IsMatch(file.Lines[line])
            select file.At(line),
            "Accounts, evidence and outbox are reached through the platform's interfaces:");

    private static HashSet<Type> ComponentRecords(Assembly module)
    {
        var found = new HashSet<Type>();
        var queue = new Queue<Type>(
            module.GetTypes().Where(t => t.IsAssignableTo(typeof(ComponentBase)))
                .SelectMany(t => t.GetProperties(BindingFlags.Instance | BindingFlags.Public))
                .Where(p => p.GetCustomAttribute<ParameterAttribute>() is not null || p.GetCustomAttribute<CascadingParameterAttribute>() is not null)
                .Select(p => p.PropertyType));
        while (queue.TryDequeue(out Type? type))
        {
            foreach (Type argument in type.GetGenericArguments())
                queue.Enqueue(argument);
            if (type.GetElementType() is { } element)
                queue.Enqueue(element);
            if (type.Assembly != module || !found.Add(type))
                continue;
            foreach (PropertyInfo property in type.GetProperties())
                queue.Enqueue(property.PropertyType);
        }
        return found;
    }

    private static bool IsGenerated(Type type) =>
        type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute), inherit: false)
        || type.Name.Contains('<', StringComparison.Ordinal)
        || (type.DeclaringType is { } outer && IsGenerated(outer));

    private static string[] PartsOf(string path) =>
        [.. File.ReadLines(path).Select(line => PartOpening().Match(line)).Where(m => m.Success).Select(m => m.Groups["part"].Value)];

    [GeneratedRegex(@"^(?:## |\*\*)(?<part>Words|Tables|Invariants|Entry)\b")]
    private static partial Regex PartOpening();

    [GeneratedRegex("""["\s.](?<module>[a-z]+)_[a-z][a-z_]*["\s.,()]""")]
    private static partial Regex TableInText();

    [GeneratedRegex(@"\bSet<(Account|AccountRole|Identity\w+|Evidence\w+|Outbox\w*)>")]
    private static partial Regex PlatformEntityInModule();
}
