// Certificate policies along a path. References: RFC 5280 §6.1.2 to §6.1.6 as changed by RFC 9618: a graph with one node per policy and
// depth instead of a tree, so that mappings cannot make it grow beyond the policies that certificates name.
using AnTin.Asn1;

namespace AnTin.X509;

internal sealed class PolicyState(PathOptions options, int length)
{
    // RFC 9618 §5.1: depth 0 holds anyPolicy.
    private List<Node> _nodes = [new(Oids.AnyPolicy, [Oids.AnyPolicy], [])];
    private bool _graphIsNull;
    private int _explicitPolicy = options.InitialExplicitPolicy ? 0 : length + 1;
    private int _inhibitAny = options.InitialAnyPolicyInhibit ? 0 : length + 1;
    private int _policyMapping = options.InitialPolicyMappingInhibit ? 0 : length + 1;

    /// <summary>Set when the checks of certificate i fail (RFC 5280 §6.1.3 (f), §6.1.4 (a)).</summary>
    public string? Violation { get; private set; }

    public void Process(Certificate certificate, bool isLeaf)
    {
        var policies = certificate.Policies;
        if (policies is null)
        {
            // (e): no policies extension: the graph becomes null.
            _graphIsNull = true;
        }
        else if (!_graphIsNull)
        {
            Descend(policies, anyAllowed: _inhibitAny > 0 || (!isLeaf && certificate.IsSelfIssued));
        }

        // (f): either explicit_policy is greater than 0 or the graph is not null.
        if (_explicitPolicy <= 0 && _graphIsNull)
        {
            Violation = "no acceptable certificate policy";
            return;
        }

        if (isLeaf)
        {
            WrapUp(certificate);
        }
        else
        {
            PrepareNext(certificate);
        }
    }

    /// <summary>RFC 5280 §6.1.5 (g) and the last paragraph: after the leaf.</summary>
    public string? FinalViolation()
    {
        if (_explicitPolicy > 0)
        {
            return null;
        }

        if (_graphIsNull)
        {
            return "no acceptable certificate policy";
        }

        var wanted = options.InitialPolicies;
        if (wanted.Count == 0 || wanted.Contains(Oids.AnyPolicy))
        {
            return null;
        }

        return AuthorityPolicies().Any(p => p == Oids.AnyPolicy || wanted.Contains(p)) ? null : "no certificate policy that was asked for";
    }

    // §6.1.3 (d).
    private void Descend(IReadOnlyList<PolicyInformation> policies, bool anyAllowed)
    {
        var next = new Dictionary<string, Node>(StringComparer.Ordinal);
        var any = _nodes.Find(n => n.Policy == Oids.AnyPolicy);
        foreach (var policy in policies.Select(p => p.Oid).Where(p => p != Oids.AnyPolicy).Distinct(StringComparer.Ordinal))
        {
            // (1)(i): parents whose expected set has the policy; (1)(ii): else anyPolicy.
            var parents = _nodes.FindAll(n => n.Expected.Contains(policy));
            if (parents.Count == 0 && any is not null)
            {
                parents = [any];
            }

            if (parents.Count > 0)
            {
                next[policy] = new Node(policy, [policy], parents);
            }
        }

        // (2): anyPolicy carries every expected policy that nobody took.
        if (anyAllowed && policies.Any(p => p.Oid == Oids.AnyPolicy))
        {
            foreach (var node in _nodes)
            {
                foreach (var expected in node.Expected)
                {
                    if (!next.TryGetValue(expected, out var existing))
                    {
                        next[expected] = new Node(expected, [expected], [node]);
                    }
                    else if (!policies.Any(p => p.Oid == expected) && !existing.Parents.Contains(node))
                    {
                        existing.Parents.Add(node);
                    }
                }
            }
        }

        _nodes = [.. next.Values];
        _graphIsNull = _nodes.Count == 0;
    }

    // §6.1.4 (a), (b), (h), (i), (j).
    private void PrepareNext(Certificate certificate)
    {
        var mappings = certificate.PolicyMappings;
        if (mappings.Any(m => m.IssuerPolicy == Oids.AnyPolicy || m.SubjectPolicy == Oids.AnyPolicy))
        {
            Violation = "a policy is mapped to or from anyPolicy";
            return;
        }

        if (mappings.Count > 0 && !_graphIsNull)
        {
            Map(mappings);
        }

        if (!certificate.IsSelfIssued)
        {
            _explicitPolicy = Decrement(_explicitPolicy);
            _policyMapping = Decrement(_policyMapping);
            _inhibitAny = Decrement(_inhibitAny);
        }

        if (certificate.PolicyConstraints is { } constraints)
        {
            _explicitPolicy = Math.Min(_explicitPolicy, constraints.RequireExplicitPolicy ?? int.MaxValue);
            _policyMapping = Math.Min(_policyMapping, constraints.InhibitPolicyMapping ?? int.MaxValue);
        }

        _inhibitAny = Math.Min(_inhibitAny, certificate.InhibitAnyPolicy ?? int.MaxValue);
    }

    private void Map(IReadOnlyList<PolicyMapping> mappings)
    {
        var any = _nodes.Find(n => n.Policy == Oids.AnyPolicy);
        foreach (var group in mappings.GroupBy(m => m.IssuerPolicy, StringComparer.Ordinal))
        {
            var node = _nodes.Find(n => n.Policy == group.Key);
            if (_policyMapping <= 0)
            {
                // (b)(2): mapping is inhibited: the node goes.
                _nodes.RemoveAll(n => n.Policy == group.Key);
                continue;
            }

            if (node is null && any is not null)
            {
                node = new Node(group.Key, [], [.. any.Parents]);
                _nodes.Add(node);
            }

            if (node is not null)
            {
                node.Expected.Clear();
                node.Expected.UnionWith(group.Select(m => m.SubjectPolicy));
            }
        }

        _graphIsNull = _nodes.Count == 0;
    }

    // §6.1.5 (a), (b).
    private void WrapUp(Certificate certificate)
    {
        _explicitPolicy = Decrement(_explicitPolicy);
        if (certificate.PolicyConstraints?.RequireExplicitPolicy == 0)
        {
            _explicitPolicy = 0;
        }
    }

    // RFC 9618 §5.4: for each node, the policies that hang directly below anyPolicy at the anchor's end are what the authority means.
    private HashSet<string> AuthorityPolicies()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        var open = new Stack<Node>(_nodes);
        while (open.TryPop(out var node))
        {
            if (!seen.Add(node))
            {
                continue;
            }

            if (node.Policy == Oids.AnyPolicy)
            {
                // Only an unbroken run of anyPolicy up to the leaf means any policy.
                if (_nodes.Contains(node))
                {
                    found.Add(Oids.AnyPolicy);
                }

                continue;
            }

            foreach (var parent in node.Parents)
            {
                if (parent.Policy == Oids.AnyPolicy)
                {
                    found.Add(node.Policy);
                }
                else
                {
                    open.Push(parent);
                }
            }
        }

        return found;
    }

    private static int Decrement(int value) => value > 0 ? value - 1 : 0;

    private sealed class Node(string policy, HashSet<string> expected, List<Node> parents)
    {
        public string Policy { get; } = policy;

        public HashSet<string> Expected { get; } = expected;

        public List<Node> Parents { get; } = parents;
    }
}
