using AnTin.Modules.Oversight.Features;
using AnTin.Platform.Identity;
using Microsoft.AspNetCore.Authorization;

namespace AnTin.Modules.Oversight.Pages;

/// <summary>Pages of figures: chairman, inspector, leader; what they see is their subtree (<see cref="FigureScope"/>).</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ReaderOfFiguresAttribute() : AuthorizeAttribute(Policies.AnyOf(FigureScope.Readers));
