"""Operations of the contract whose handlers are still to come; the mock answers them with 501."""

PENDING: frozenset[str] = frozenset(
    [
        "GET /api/v1/livechat/analytics/dashboards/conversations-by-agent",
        "GET /api/v1/livechat/analytics/dashboards/conversations-by-department",
        "GET /api/v1/livechat/analytics/dashboards/conversations-by-source",
        "GET /api/v1/livechat/analytics/dashboards/conversations-by-status",
        "GET /api/v1/livechat/analytics/dashboards/conversations-by-tags",
        "POST /api/v1/livechat/offline.message",
        "POST /api/v1/livechat/sms-incoming/{service}",
        "POST /api/v1/livechat/upload/{rid}",
    ]
)
