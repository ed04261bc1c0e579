// Name constraints along a path. Reference: RFC 5280 §4.2.1.10, §6.1.3 (b)(c), §6.1.4 (g). Constraints gather: permitted subtrees of
// each certificate must all allow a name, excluded ones must all not match. Limits: constraints on other kinds of name (other, X.400,
// EDI, registered) fail closed when such a name appears; minimum and maximum other than 0 and absent fail closed.
using AnTin.Asn1;

namespace AnTin.X509;

internal sealed class NameConstraintSet
{
    // A hostile chain could carry thousands of names and thousands of constraints: their product is bounded.
    private const int MaxComparisons = 1 << 18;

    private readonly List<NameConstraints> _all = [];
    private int _comparisons;

    public void Add(NameConstraints constraints) => _all.Add(constraints);

    /// <summary>English phrase of what is violated; null when nothing is.</summary>
    public string? Violation(Certificate certificate)
    {
        if (_all.Count == 0)
        {
            return null;
        }

        foreach (var name in NamesOf(certificate))
        {
            foreach (var constraints in _all)
            {
                if (ViolationOf(name, constraints) is { } violation)
                {
                    return violation;
                }
            }
        }

        return null;
    }

    private static IEnumerable<GeneralName> NamesOf(Certificate certificate)
    {
        if (!certificate.Subject.IsEmpty)
        {
            yield return GeneralName.OfDirectory(certificate.Subject);
        }

        var alternatives = certificate.SubjectAlternativeNames;
        foreach (var name in alternatives)
        {
            yield return name;
        }

        // RFC 5280 §4.2.1.10: e-mail constraints apply to emailAddress in the subject when there is no e-mail alternative name.
        if (!alternatives.Any(n => n.Kind == GeneralNameKind.Email))
        {
            foreach (var address in certificate.Subject.All(Oids.EmailAddress))
            {
                yield return new GeneralName(GeneralNameKind.Email, default, address);
            }
        }
    }

    private string? ViolationOf(GeneralName name, NameConstraints constraints)
    {
        var permitted = constraints.Permitted.Where(s => s.Base.Kind == name.Kind).ToList();
        if (permitted.Count > 0 && !permitted.Exists(s => Covers(s, name, ifUnknown: false)))
        {
            return $"a {name.Kind} name is outside the permitted subtrees";
        }

        return constraints.Excluded.Any(s => s.Base.Kind == name.Kind && Covers(s, name, ifUnknown: true))
            ? $"a {name.Kind} name is inside an excluded subtree"
            : null;
    }

    private bool Covers(GeneralSubtree subtree, GeneralName name, bool ifUnknown)
    {
        // RFC 5280 §4.2.1.10: minimum MUST be zero, and maximum MUST be absent.
        if (subtree.Minimum != 0 || subtree.Maximum is not null || ++_comparisons > MaxComparisons)
        {
            return ifUnknown;
        }

        return name.Kind switch
        {
            GeneralNameKind.DirectoryName => name.Directory!.StartsWith(subtree.Base.Directory!),
            GeneralNameKind.Email => EmailWithin(name.Text!, subtree.Base.Text!, ifUnknown),
            GeneralNameKind.Dns => DnsWithin(name.Text!, subtree.Base.Text!),
            GeneralNameKind.Uri => UriWithin(name.Text!, subtree.Base.Text!, ifUnknown),
            GeneralNameKind.IpAddress => AddressWithin(name.Octets.Span, subtree.Base.Octets.Span, ifUnknown),
            _ => ifUnknown,
        };
    }

    // A constraint is a mailbox, a host, or a domain with a leading period. The local part is case-sensitive (RFC 5280 §7.5).
    private static bool EmailWithin(string address, string constraint, bool ifUnknown)
    {
        var at = address.LastIndexOf('@');
        if (at < 0)
        {
            return ifUnknown;
        }

        var host = address[(at + 1)..];
        var constraintAt = constraint.LastIndexOf('@');
        if (constraintAt >= 0)
        {
            return address[..at] == constraint[..constraintAt]
                && host.Equals(constraint[(constraintAt + 1)..], StringComparison.OrdinalIgnoreCase);
        }

        return HostWithin(host, constraint);
    }

    private static bool UriWithin(string uri, string constraint, bool ifUnknown)
    {
        // RFC 5280 §4.2.1.10: a URI without an authority, or with an IP address as host, MUST be rejected under a URI constraint.
        if (!Uri.TryCreate(uri, UriKind.Absolute, out var parsed) || parsed.HostNameType != UriHostNameType.Dns)
        {
            return ifUnknown;
        }

        return HostWithin(parsed.Host, constraint);
    }

    // Host constraints of e-mail and URI: exact host, or ".domain" for hosts below it (not the domain itself).
    private static bool HostWithin(string host, string constraint) => constraint.StartsWith('.')
        ? host.EndsWith(constraint, StringComparison.OrdinalIgnoreCase)
        : host.Equals(constraint, StringComparison.OrdinalIgnoreCase);

    // DNS: the constraint, with labels added to the left; an empty constraint covers everything.
    private static bool DnsWithin(string name, string constraint)
    {
        if (constraint.Length == 0)
        {
            return true;
        }

        var suffix = constraint.TrimStart('.');
        return name.Equals(suffix, StringComparison.OrdinalIgnoreCase)
            || name.EndsWith("." + suffix, StringComparison.OrdinalIgnoreCase);
    }

    private static bool AddressWithin(ReadOnlySpan<byte> address, ReadOnlySpan<byte> constraint, bool ifUnknown)
    {
        if (address.Length is not (4 or 16) || constraint.Length is not (8 or 32))
        {
            return ifUnknown;
        }

        if (constraint.Length != address.Length * 2)
        {
            return false;
        }

        var mask = constraint[address.Length..];
        for (var i = 0; i < address.Length; i++)
        {
            if ((address[i] & mask[i]) != (constraint[i] & mask[i]))
            {
                return false;
            }
        }

        return true;
    }
}
