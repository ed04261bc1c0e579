namespace AnTin.Web.Navigation;

/// <summary>A part of the /profile page; a module registers its parts as singletons (<c>WebServices.AddProfileSection</c>).</summary>
/// <param name="Order">Signature picture 100, certificates and keys 200, PIN 300, password 400.</param>
/// <param name="Component">A Razor component without parameters; shows nothing when it has nothing for the person.</param>
public sealed record ProfileSection(int Order, Type Component);
